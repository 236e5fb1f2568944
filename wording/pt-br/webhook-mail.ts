import type { WebhookMailWords } from '../webhook-mail-words.js'

export const webhookMailPtBr: WebhookMailWords = {
  subject: ({ brand, host }) => `${brand}: as mensagens para ${host} foram interrompidas`,
  heading: 'Um endpoint de webhook foi desativado',
  paragraphs: ({ brand, host, reason, hours }) => [
    reason === 'gone'
      ? `O sistema de ${brand} em ${host} respondeu que o endereço deixou de existir (410), por isso nada mais é enviado para lá.`
      : `O sistema de ${brand} em ${host} não recebeu nenhuma mensagem por mais de ${hours} horas, por isso nada mais é enviado para lá.`,
    'Os casos continuam como antes: perguntas e avisos chegam por e-mail e no portal.',
    'Quando o sistema voltar a responder, ative o endpoint. O que estava à espera é enviado então; o que aconteceu enquanto ele estava desativado é enviado quando você reenviar esse período.',
  ],
  action: 'Ver o endpoint',
  footer: 'Enviado automaticamente pelo Joint-Force; as respostas não são lidas.',
}
