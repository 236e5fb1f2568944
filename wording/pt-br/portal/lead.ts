import type { LeadWords } from '../../portal-words.js'

export const leadPtBr: LeadWords = {
  'lead.title': 'O que precisa de um líder',
  'lead.intro': 'Quem tem demais, o que não anda e qual marketplace não responde.',
  'lead.workload': 'Carga de trabalho',
  'lead.workloadText':
    'Casos abertos por gerente de conta. Perdidos: prazos próprios que passaram em 30 dias sem resposta.',
  'lead.who': 'Quem',
  'lead.nobody': 'Ninguém',
  'lead.left': 'saiu',
  'lead.missed': 'Perdidos',
  'lead.give': 'Passar a outra pessoa',
  'lead.giveOf': 'Passar os casos abertos de {name}',
  'lead.giveThese': 'Passar {count, plural, one {# caso} other {# casos}}',
  'lead.giveText':
    'Vão um após o outro. Quem recebe casos que esperam por si é avisado em um só e-mail.',
  'lead.giving':
    'Em andamento: {done, plural, one {# passado} other {# passados}}, {kept} ficam como estão, {failed} falharam.',
  'lead.given':
    'Feito: {done, plural, one {# caso passado} other {# casos passados}}, {kept} ficam como estão, {failed} falharam.',
  'lead.close': 'Fechar',
  'lead.stuck': 'Precisam de atenção',
  'lead.stuckText': 'Por problema e marketplace, cada um com o que o faz andar.',
  'lead.noneStuck': 'Tudo anda.',
  'lead.since': 'O primeiro desde',
  'lead.more': 'e mais {count, plural, one {#} other {#}}',
  'lead.retryAll': 'Pedir de novo ao marketplace por {count, plural, one {# caso} other {# casos}}',
  'lead.retrying': 'Pedindo: faltam {count}',
  'lead.retried': 'Pedido de novo por {done} de {count, plural, one {# caso} other {# casos}}',
  'lead.takedowns': 'Remoções sem resposta',
  'lead.takedownsText': 'O que cada marketplace foi solicitado a fazer e não respondeu.',
  'lead.noTakedowns': 'Todos os marketplaces responderam.',
  'lead.marketplace': 'Marketplace',
  'lead.waiting': 'Esperando',
  'lead.oldest': 'Mais antiga desde',
  'lead.paused': 'pausado',
  'lead.standing': 'Processos parados',
  'lead.standingText':
    'Casos cujo processo não avança, o que o registro não mostra. Continuam sozinhos quando a causa some.',
  'lead.noneStanding': 'Nenhum processo está parado.',
  'lead.notOpened': 'Não foi aberto: um operador corrige o que é dito aqui',
  'lead.recordRefused': 'O registro não aceita mais nada: um operador o restaura do backup',
  'lead.codeFailed': 'O código falha no histórico: um operador executa a versão que o escreveu',
}
