import type { OperatorWords } from '../../portal-words.js'

export const operatorPtBr: OperatorWords = {
  'operator.brandsText': 'Quem participa e quem cuida de cada uma.',
  'operator.addBrand': 'Adicionar marca',
  'operator.noBrands': 'Nenhuma marca participa ainda',
  'operator.brandId': 'Identificador',
  'operator.brandIdHint': 'Letras minúsculas, algarismos e hifens. Não muda depois.',
  'operator.contact': 'Primeiro contato',
  'operator.contactEmail': 'E-mail do contato',
  'operator.manager': 'Gerente de contas',
  'operator.noManager': 'ninguém ainda',
  'operator.active': 'ativa',
  'operator.suspended': 'suspensa',
  'operator.inviteAdmin': 'Convidar administrador',
  'operator.suspend': 'Suspender',
  'operator.suspendTitle': 'Suspender {name}?',
  'operator.suspendText':
    'As pessoas e chaves dela só podem consultar, e denúncias não abrem mais casos. Os casos abertos continuam.',
  'operator.activate': 'Ativar',
  'operator.activateTitle': 'Deixar {name} participar de novo?',
  'operator.activateText': 'Denúncias voltam a abrir casos, e as pessoas dela podem responder.',

  'operator.marketplacesText':
    'O que espera por cada um, como respondeu por último e se está pausado.',
  'operator.answered': 'Última resposta',
  'operator.failed': 'Última falha',
  'operator.never': 'sem registro',
  'operator.pause': 'Pausar',
  'operator.pauseTitle': 'Não enviar nada a {name}?',
  'operator.pauseText':
    'Nenhuma remoção, restauração ou consulta é enviada até a retomada. Os casos são decididos como sempre e esperam, e quem os lê vê o motivo.',
  'operator.resume': 'Retomar',
  'operator.resumeTitle': 'Retomar {name}?',
  'operator.resumeText': 'O que espera continua sozinho em meio minuto.',
  'operator.reason': 'Motivo',
}
