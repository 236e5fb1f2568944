import type { frameEn } from '../../en/portal/frame.js'

export const framePtBr: Record<keyof typeof frameEn, string> = {
  loading: 'Carregando',

  'messages.label': 'Mensagens',
  'messages.close': 'Fechar a mensagem',

  'nav.main': 'Principal',
  'nav.inbox': 'Caixa de entrada',
  'nav.dashboard': 'Painel',
  'nav.help': 'Atalhos de teclado',
  'nav.account': 'Conta e configurações',
  'nav.language': 'Idioma',
  'nav.theme': 'Aparência',
  'nav.as': 'Atuando como',
  'nav.everyBrand': 'todas as marcas',
  'nav.signOut': 'Sair',

  'theme.system': 'Como o sistema',
  'theme.light': 'Claro',
  'theme.dark': 'Escuro',

  'sync.at': 'Atualizado às {time}',
  'sync.never': 'Ainda não carregado',
  'sync.offline': 'Sem conexão: o que você vê é das {time}',
  'sync.unreachable': 'O serviço não responde: o que você vê é das {time}',

  'screen.none': 'Esta página não existe',
  'screen.noneText': 'O endereço pode estar incompleto.',
  'screen.toInbox': 'Ir para a caixa de entrada',
  'screen.broken': 'Não foi possível mostrar esta página',
  'screen.brokenText': 'Carregue-a de novo. O que você escreveu e não enviou está guardado.',
  'screen.reload': 'Carregar de novo',

  'trouble.title': 'Não foi possível carregar',
  'trouble.retry': 'Tentar de novo',
  'trouble.signedOut': 'Sua sessão terminou.',
  'trouble.notYours': 'Seu papel não permite isto.',
  'trouble.brandInactive': 'A marca não participa no momento.',
  'trouble.notFound': 'Este caso não existe ou você não pode vê-lo.',
  'trouble.alreadyDecided': 'Alguém decidiu antes. O caso mostra quem e o quê.',
  'trouble.listingChanged':
    'O anúncio mudou depois que você o viu, por isso sua resposta não foi aceita. Veja como ele está agora.',
  'trouble.caseClosed': 'O caso foi encerrado nesse meio-tempo.',
  'trouble.superseded': 'Há um caso mais novo do mesmo anúncio, e é ele que vale.',
  'trouble.stillOpening': 'O caso ainda está sendo aberto. Tente de novo em instantes.',
  'trouble.notNow': 'Isto não é possível no estado atual do caso.',
  'trouble.stale':
    'Outra pessoa alterou isto nesse meio-tempo, então a sua alteração não foi salva. O que você vê agora é a dela: confira e altere de novo.',
  'trouble.lastAdmin': 'A marca precisa de um administrador: nomeie outro antes.',
  'trouble.exists': 'Já existe.',
  'trouble.tooManyKeys': 'A marca já tem o máximo de chaves. Revogue uma que não é usada.',
  'trouble.tooOften': 'Muitas solicitações de uma vez. Aguarde um momento.',
  'trouble.busy': 'O serviço não pode responder agora. Nada se perde: tente de novo em breve.',
  'trouble.unreachable':
    'Não foi possível acessar o serviço. Verifique sua conexão e tente de novo.',
  'trouble.signInRefused':
    'Ninguém aqui é conhecido por essa conta. Entre por e-mail ou pergunte a quem convidou você.',
  'trouble.providerAway':
    'No momento não é possível entrar por lá. Entre por e-mail ou tente de novo em breve.',
  'trouble.refused': 'Foi recusado:',
  'trouble.unexpected': 'Algo inesperado aconteceu. Tente de novo.',

  'time.left': 'faltam {span}',
  'time.over': '{span} de atraso',
  'nav.lead': 'Liderança',
  'nav.brands': 'Marcas',
  'nav.marketplaces': 'Marketplaces',
}
