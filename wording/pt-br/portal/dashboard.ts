import type { DashboardWords } from '../../portal-words.js'

export const dashboardPtBr: DashboardWords = {
  'dashboard.title': 'Painel',
  'dashboard.intro':
    'O que está aberto, em quanto tempo há resposta e remoção e no que os casos resultam.',
  'dashboard.everyBrand': 'Todas as marcas',
  'dashboard.period': 'Período',
  'dashboard.lastDays': 'Últimos {count, plural, one {# dia} other {# dias}}',
  'dashboard.compare': 'Comparar com',
  'dashboard.withPrevious': 'Ao lado do período anterior',
  'dashboard.withNothing': 'Sem comparação',
  'dashboard.daysCompared': '{days}, ao lado de {before}.',
  'dashboard.capped':
    'Foram abertos mais casos do que se contam: os números são dos 2.000 mais recentes.',
  'dashboard.current': 'Este período',
  'dashboard.previous': 'Período anterior',
  'dashboard.before': '{title}, antes',
  'dashboard.was': 'antes: {value}',
  'dashboard.notYet': 'ainda não',
  'dashboard.table': 'Tabela',
  'dashboard.tableOf': 'Tabela: {title}',
  'dashboard.csv': 'Baixar CSV',
  'dashboard.csvOf': 'Baixar CSV: {title}',
  'dashboard.inHours': '{title}, em horas',
  'dashboard.restInTable': 'O resto está na tabela',
  'dashboard.none': 'Nenhum caso foi aberto neste período',
  'dashboard.noneText': 'Escolha um período mais longo.',

  'dashboard.glance': 'Resumo',
  'dashboard.openNow': 'Abertos agora',
  'dashboard.rate': 'Respondidos, entre os que podiam ser',
  'dashboard.median': 'Metade é decidida em até',
  'dashboard.cameBack': 'Vendedores que voltaram',

  'dashboard.open': 'Casos abertos por fase e idade',
  'dashboard.openText': 'Como estão agora, seja qual for a data de abertura.',
  'dashboard.openLink': '{count, plural, one {Ver # caso aberto} other {Ver # casos abertos}}',
  'dashboard.noneOpen': 'Nada está aberto.',
  'dashboard.phase': 'Fase',
  'dashboard.age.underOneDay': 'Menos de 1 dia',
  'dashboard.age.oneToThreeDays': 'De 1 a 3 dias',
  'dashboard.age.threeToSevenDays': 'De 3 a 7 dias',
  'dashboard.age.older': 'Mais de 7 dias',
  'dashboard.all': 'Todos',

  'dashboard.course': 'O que aconteceu e quando',
  'dashboard.courseText': 'Por dia ou semana em UTC; hoje e esta semana ainda não terminaram.',
  'dashboard.day': 'Dia',
  'dashboard.week': 'Semana de',
  'dashboard.opened': 'Abertos',
  'dashboard.decided': 'Decididos',
  'dashboard.removed': 'Removidos',

  'dashboard.times': 'Quanto tempo leva',
  'dashboard.timesText':
    'Da abertura até metade dos casos, e nove em cada dez, chegarem lá. O que não chegou também conta, como tendo esperado até agora ou até o fim: {censored} de {n} estão sem decisão. Senão só os rápidos contariam.',
  'dashboard.until': 'Até',
  'dashboard.toFirstView': 'Primeira visualização da marca',
  'dashboard.toDecision': 'Decisão',
  'dashboard.toTakedown': 'Remoção',
  'dashboard.p50': 'Metade (p50)',
  'dashboard.p90': 'Nove em dez (p90)',
  'dashboard.counted': 'Casos',
  'dashboard.stillWaiting': 'Destes, ainda sem',

  'dashboard.answers': 'Respostas',
  'dashboard.answersText':
    'Dos casos abertos no período. Nenhum dos dois: ainda abertos, retirados ou encerrados por outro motivo.',
  'dashboard.answered': 'Respondidos',
  'dashboard.unanswered': 'Encerrados sem resposta',
  'dashboard.neither': 'Nenhum dos dois',

  'dashboard.outcomes': 'Como os casos terminaram',
  'dashboard.outcomesText':
    'Dos casos abertos no período. Os links da tabela levam a todos os que já terminaram assim.',
  'dashboard.outcome': 'Resultado',
  'dashboard.noneEnded': 'Nenhum caso terminou ainda.',

  'dashboard.reminded': 'O efeito dos lembretes',
  'dashboard.remindedText': 'Quantos lembretes tinham saído quando a resposta chegou.',
  'dashboard.answeredWhen': 'Respondidos',
  'dashboard.reminders.none': 'Sem nenhum',
  'dashboard.reminders.one': 'Após um',
  'dashboard.reminders.more': 'Após vários',
  'dashboard.reminders.late': 'Fora do prazo',

  'dashboard.sellers': 'Vendedores que voltam',
  'dashboard.sellersText':
    '{count} de {sellers, plural, one {# vendedor} other {# vendedores}} tiveram um anúncio reportado depois da remoção de outro.',
  'dashboard.seller': 'Vendedor',
  'dashboard.returns': 'Casos desde a primeira remoção',
  'dashboard.noneCameBack': 'Ninguém voltou.',
}
