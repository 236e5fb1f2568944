import type { settingsEn } from '../../en/portal/settings.js'

export const settingsPtBr: Record<keyof typeof settingsEn, string> = {
  'nav.settings': 'Configurações',

  'form.cancel': 'Cancelar',
  'form.save': 'Salvar',
  'form.acts': 'Ações',
  'form.more': 'Mostrar mais',
  'form.saved': 'Salvo.',
  'form.brand': 'Marca',
  'form.noBrand': 'Você não atua por nenhuma marca',

  'roleName.monitor': 'Monitoramento',
  'roleName.brandMember': 'Membro da marca',
  'roleName.brandAdmin': 'Administrador da marca',
  'roleName.accountManager': 'Gerente de conta',
  'roleName.lead': 'Responsável',
  'roleName.operator': 'Operador',

  'sessions.title': 'Onde você está conectado',
  'sessions.intro':
    'Cada navegador em que você entrou. Encerre o que não reconhecer e avise o administrador.',
  'sessions.browser': 'Navegador',
  'sessions.browserOn': '{browser} em {system}',
  'sessions.unknownBrowser': 'Navegador desconhecido',
  'sessions.current': 'este',
  'sessions.as': 'Atuando como',
  'sessions.seen': 'Último uso',
  'sessions.since': 'Entrada',
  'sessions.end': 'Sair de lá',
  'sessions.endText': 'Esse navegador é desconectado em até cinco segundos.',
  'sessions.endThisText': 'Este é o navegador que você está usando: você será desconectado aqui.',
  'sessions.endOthers': 'Sair de todos os outros',
  'sessions.endOthersText':
    '{count, plural, one {# outro navegador é desconectado} other {# outros navegadores são desconectados}} em até cinco segundos.',
}
