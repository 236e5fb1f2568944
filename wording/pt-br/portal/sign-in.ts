import type { signInEn } from '../../en/portal/sign-in.js'

export const signInPtBr: Record<keyof typeof signInEn, string> = {
  'signIn.title': 'Entrar',
  'signIn.text': 'Enviamos um link por e-mail. Ele vale uma única vez, por 15 minutos.',
  'signIn.email': 'Seu endereço de e-mail',
  'signIn.ask': 'Enviar o link',
  'signIn.sent': 'Verifique seu e-mail',
  'signIn.sentText':
    'Se {email} tiver uma conta, um link está a caminho. Abra-o neste navegador; em outro, ele pede um código.',
  'signIn.again': 'Usar outro endereço',
  'signIn.confirm': 'Você está prestes a entrar neste navegador.',
  'signIn.enter': 'Entrar',
  'signIn.code': 'Código',
  'signIn.codeHint':
    'Você abriu o link em outro navegador: digite o código que o primeiro está mostrando.',
  'signIn.codeShown': 'Se abrir o link em outro navegador, digite lá este código: {code}',
  'signIn.failed': 'O link não funciona mais. Peça um novo.',
  'signIn.withProvider': 'Entrar com {name}',
  'signIn.newLink': 'Pedir um novo link',
}
