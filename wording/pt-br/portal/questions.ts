import type { questionsEn } from '../../en/portal/questions.js'

export const questionsPtBr: Record<keyof typeof questionsEn, string> = {
  'nav.questions': 'Perguntas',

  'ask.ask': 'Perguntar ao gerente de conta',
  'ask.askName': 'Perguntar a {name}, que cuida da sua conta',
  'ask.who': '{name} cuida da sua marca.',
  'ask.covers': 'No lugar de {name}, que está ausente até',
  'ask.nobody': 'No momento ninguém cuida da sua marca pelo nome: o líder responde.',
  'ask.clock': 'Você tem uma resposta em um dia útil; depois disso o líder assume.',
  'ask.aboutCase': 'Sobre este caso: {title}',
  'ask.text': 'Sua pergunta',
  'ask.send': 'Enviar a pergunta',
  'ask.sent': 'Sua pergunta foi enviada. A resposta vem por e-mail e fica aqui em Perguntas.',
  'ask.earlier': 'Perguntas anteriores',

  'questions.title': 'Perguntas',
  'questions.introBrand': 'O que você perguntou ao gerente de conta e as respostas.',
  'questions.introStaff':
    'O que as marcas perguntam. Cada pergunta é do gerente de conta por um dia útil, depois do líder.',
  'questions.none': 'Ainda não há perguntas',
  'questions.noneBrand': 'Pergunte pelo botão no alto, em qualquer página.',
  'questions.noneStaff': 'As marcas perguntam por um botão em cada uma de suas páginas.',
  'questions.open': 'Perguntas das marcas',
  'questions.awaitingAccountManager': 'Com o gerente de conta',
  'questions.awaitingLead': 'Com o líder',
  'questions.answered': 'Respondida',
  'questions.case': 'O caso a que se refere',
  'questions.staff': 'O marketplace',
  'questions.answer': 'Sua resposta',
  'questions.send': 'Enviar a resposta',
  'questions.given': 'A resposta foi enviada',
}
