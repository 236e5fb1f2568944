import type { MailWords, SubjectFacts } from '../mail-words.js'

const these = (count: number) => (count === 1 ? 'este anúncio' : `estes ${count} anúncios`)
const some = (count: number) => (count === 1 ? 'Um anúncio' : `${count} anúncios`)
const by = ({ due, dueDiffers }: SubjectFacts) =>
  due === null ? '' : dueDiffers ? `, o primeiro até ${due}` : ` até ${due}`
const withResult = (text: string, result: string | null) =>
  result === null ? text : `${text} (${result})`

export const mailsPtBr: MailWords = {
  kinds: {
    asked: {
      subject: (facts) =>
        facts.count === 1
          ? `É original? “${facts.title}” – responda${by(facts)}`
          : `${facts.count} anúncios precisam da sua resposta${by(facts)}`,
      heading: (count) =>
        count === 1 ? 'Este anúncio é original?' : `Estes ${count} anúncios são originais?`,
      paragraphs: ({ count, brand, role }) => [
        role === 'brandMember'
          ? `${some(count)} com a marca ${brand} ${count === 1 ? 'parece suspeito' : 'parecem suspeitos'}. O marketplace não consegue saber de fora; só ${brand} consegue. Diga o que ${count === 1 ? 'é' : 'são'}.`
          : `${some(count)} com a marca ${brand} ${count === 1 ? 'parece suspeito e precisa' : 'parecem suspeitos e precisam'} de uma decisão. Obtenha-a da marca.`,
      ],
    },
    reminder: {
      subject: (facts) =>
        facts.count === 1
          ? `Lembrete: “${facts.title}” – responda${by(facts)}`
          : `Lembrete: ${facts.count} anúncios precisam da sua resposta${by(facts)}`,
      heading: (count) =>
        count === 1 ? 'Ainda falta a sua resposta' : `Ainda faltam ${count} respostas`,
      paragraphs: ({ count, brand, role }) => [
        role === 'brandMember'
          ? `Perguntamos a você sobre ${these(count)} com a marca ${brand} e ainda não temos resposta. Só ${brand} sabe dizer o que ${count === 1 ? 'é' : 'são'}.`
          : `Ainda falta uma decisão sobre ${these(count)} com a marca ${brand}, e é a sua vez de obtê-la.`,
      ],
    },
    escalated: {
      subject: (facts) =>
        facts.count === 1
          ? `Encaminhado: “${facts.title}” – decida${by(facts)}`
          : `Encaminhados: ${facts.count} anúncios precisam de uma decisão${by(facts)}`,
      heading: (count) =>
        count === 1 ? 'Um caso foi encaminhado' : `${count} casos foram encaminhados`,
      paragraphs: ({ count, brand, role }) => [
        {
          brandMember: `Seu gerente de conta assumiu ${these(count)} com a marca ${brand}. Você ainda pode responder até que ${count === 1 ? 'seja removido ou encerrado' : 'sejam removidos ou encerrados'}.`,
          accountManager: `Ainda não há decisão sobre ${these(count)} com a marca ${brand}. Agora é a sua vez: obtenha a resposta ou decida onde as regras da marca permitem.`,
          lead: `Nem a marca (${brand}) nem o gerente de conta decidiu ${these(count)}. Agora é a sua vez.`,
        }[role],
      ],
    },
    decided: {
      subject: ({ count, title, result }) =>
        count === 1
          ? `${result ?? 'Decidido'}: “${title}”`
          : withResult(`${count} anúncios: resultados`, result),
      heading: (count) => (count === 1 ? 'Há um resultado' : `Há ${count} resultados`),
      paragraphs: ({ count, brand }) => [
        `Veja o que aconteceu com ${these(count)} com a marca ${brand}. Você não precisa fazer nada, a menos que discorde.`,
      ],
    },
    takenDown: {
      subject: ({ count, title, result }) =>
        count === 1
          ? `${result ?? 'Anúncio fora do ar'}: “${title}”`
          : withResult(`${count} anúncios saíram do marketplace`, result),
      heading: (count) => (count === 1 ? 'O anúncio saiu do ar' : `${count} anúncios saíram do ar`),
      paragraphs: ({ count, brand }) => [
        `O marketplace informou o resultado para ${these(count)} com a marca ${brand}. Não resta nada a fazer.`,
      ],
    },
    withdrawn: {
      subject: ({ count, title }) =>
        count === 1
          ? `Não é mais preciso responder: “${title}”`
          : `Não é mais preciso responder sobre ${count} anúncios`,
      heading: () => 'Não é mais preciso responder',
      paragraphs: ({ count, brand }) => [
        `O monitoramento que denunciou ${these(count)} com a marca ${brand} retirou a denúncia. Os links dos e-mails anteriores não pedem mais resposta.`,
      ],
    },
    needsAttention: {
      subject: ({ count, title, result }) =>
        count === 1
          ? `Precisa de atenção: “${title}”${result === null ? '' : ` – ${result}`}`
          : withResult(`${count} casos precisam de atenção`, result),
      heading: (count) =>
        count === 1 ? 'Um caso precisa de atenção' : `${count} casos precisam de atenção`,
      paragraphs: ({ count, brand }) => [
        `O serviço não consegue prosseguir sozinho com ${these(count)} com a marca ${brand}. Nada se perde: ${count === 1 ? 'o caso espera' : 'os casos esperam'} até que alguém aja.`,
      ],
    },
    lateAnswer: {
      subject: ({ count, title, result }) =>
        count === 1
          ? `Resposta tardia: “${title}”${result === null ? '' : ` – ${result}`}`
          : withResult(`${count} respostas tardias`, result),
      heading: (count) =>
        count === 1 ? 'A marca respondeu tarde demais' : `${count} respostas chegaram tarde demais`,
      paragraphs: ({ count, brand }) => [
        `A marca (${brand}) respondeu sobre ${these(count)} quando ${count === 1 ? 'o caso já estava encerrado' : 'os casos já estavam encerrados'}. A resposta não mudou nada. Se deveria ter mudado, reabra ${count === 1 ? 'o caso' : 'os casos'}: um anúncio removido volta ao ar, e a marca é consultada de novo.`,
      ],
    },
  },
  greeting: (name) => `Olá, ${name},`,
  coversFor: (name) =>
    `Você recebe isto porque substitui ${name}, que está ausente. Entre no portal para agir.`,
  labels: {
    answerBy: 'Responder até',
    answerFirstBy: 'Primeira resposta até',
    brand: 'Marca',
    listing: 'Anúncio',
    sellers: 'Vendedores',
    verdict: 'Veredito',
    decidedBy: 'Decidido por',
    outcome: 'Resultado',
    releasedBecause: 'Motivo',
    stoppableUntil: 'Pode ser interrompido até',
    question: 'A marca pergunta',
    managerWrites: 'Seu gerente de conta escreve',
    brandSaid: 'A resposta da marca até agora',
    lateAnswer: 'Respondido depois de encerrado',
    problem: 'Problema',
    lastError: 'Último erro',
    case: 'Caso',
    whySuspicious: 'Por que parece suspeito',
    alsoSeen: 'Também observado, sem peso na suspeita',
    whyUnverifiable: 'Por que o marketplace não consegue saber',
    unblock: 'O que ajuda',
    howToAnswer: 'Como responder',
    ifSilent: 'Se ninguém responder',
  },
  actions: {
    answer: 'Responder agora',
    stopRemoval: 'Rever ou interromper a remoção',
    act: 'Abrir o caso',
    viewListing: 'Ver o anúncio',
    openAll: (count) => `Abrir todos os ${count}`,
    chooseMails: 'Escolher quais e-mails você recebe e quando',
  },
  howToAnswer: (count) =>
    `${count === 1 ? 'O link abre' : 'Cada link abre'} uma página que mostra o caso; nada é decidido antes que você confirme ali. ${count === 1 ? 'O link é pessoal: quem o tiver' : 'Os links são pessoais: quem os tiver'} pode responder em seu nome, portanto não encaminhe este e-mail.`,
  howToSignIn:
    'Os links abrem o portal, onde você entra com sua conta. Nada é decidido antes que você confirme ali.',
  moreCases: (count) => `E mais ${count} ${count === 1 ? 'anúncio' : 'anúncios'}`,
  allTogether: 'O botão no alto abre todos, que ali podem ser respondidos juntos.',
  notListed: (count, inboxUrl) =>
    inboxUrl === null
      ? `${count} deles não puderam mais ser listados. Estão no portal; seu gerente de conta pode lhe dar acesso.`
      : `${count} deles não puderam mais ser listados. Estão na sua caixa de entrada: ${inboxUrl}`,
  reminderNumber: (number) => `Este é o lembrete ${number}.`,
  ifSilent: {
    brandMember: {
      neverExpires:
        'Seu gerente de conta assume e, depois dele, o responsável do marketplace. O caso nunca expira.',
      platformDecides:
        'Seu gerente de conta assume. Sem resposta, o responsável do marketplace decide com as provas que houver.',
      accountManagerDecides:
        'Seu gerente de conta assume e pode decidir por você. Se ninguém decidir, o caso é encerrado e o anúncio continua no ar.',
      release:
        'Seu gerente de conta pergunta mais uma vez. Depois disso o caso é encerrado e o anúncio continua no ar.',
    },
    accountManager: {
      neverExpires: 'O responsável assume. O caso nunca expira.',
      platformDecides: 'O responsável assume e decide com as provas que houver.',
      accountManagerDecides:
        'O responsável assume. Se ninguém decidir, o caso é encerrado e o anúncio continua no ar.',
      release: 'O caso é encerrado e o anúncio continua no ar.',
    },
    lead: {
      neverExpires: 'O caso fica aberto e continua pedindo atenção.',
      platformDecides: 'O caso fica aberto e continua pedindo atenção.',
      accountManagerDecides: 'O caso é encerrado e o anúncio continua no ar.',
      release: 'O caso é encerrado e o anúncio continua no ar.',
    },
  },
  footer: ({ role, brand }) => {
    const reason = {
      brandMember: `você responde pela marca ${brand}`,
      accountManager: `você é o gerente de conta da marca ${brand}`,
      lead: `você é o responsável pela marca ${brand}`,
    }[role]
    return `Enviado pelo Joint-Force porque ${reason}. Este e-mail é automático; respostas não são lidas.`
  },
}
