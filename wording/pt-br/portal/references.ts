import type { referencesEn } from '../../en/portal/references.js'

export const referencesPtBr: Record<keyof typeof referencesEn, string> = {
  'references.title': 'Produtos originais',
  'references.intro':
    'Aparecem ao lado de cada anúncio que diz ser um deles: imagens, preço e o que procurar.',
  'references.none': 'Ainda não há produtos originais. Adicione os mais copiados.',
  'references.add': 'Adicionar produto',
  'references.product': 'Produto',
  'references.name': 'Nome',
  'references.foundBy': 'Ao lado de anúncios com',
  'references.foundByNothing': 'nada: faltam SKUs, palavras e imagens',
  'references.bySku': 'código SKU {skus}',
  'references.byWords': '“{words}” no título',
  'references.byPictures':
    '{count, plural, one {uma imagem parecida com a sua} other {uma imagem parecida com uma das # suas}}',
  'references.skus': 'Códigos SKU',
  'references.skusHint': 'Um por linha: os códigos que a marca usa.',
  'references.words': 'Palavras do título',
  'references.wordsHint':
    'Uma por linha. O produto aparece ao lado de anúncios cujo título tem todas elas.',
  'references.features': 'Características',
  'references.featuresHint':
    'Uma por linha: o que o distingue de uma cópia numa imagem, como “Quatro parafusos abaixo da etiqueta”.',
  'references.price': 'Preço sugerido',
  'references.currency': 'Moeda',
  'references.currencyHint': 'Três letras, como BRL.',
  'references.rights': 'Direitos',
  'references.rightsHint': 'Marcas, desenhos industriais e patentes, com seus números.',
  'references.tooMany': 'No máximo {most} linhas.',
  'references.tooLong': 'No máximo {longest} caracteres por linha.',
  'references.change': 'Alterar',
  'references.changeTitle': 'Alterar {name}',
  'references.remove': 'Remover',
  'references.removeTitle': 'Remover {name}?',
  'references.removeText':
    'Ele e suas imagens não aparecem mais ao lado de anúncios. Casos já decididos continuam como estão.',
  'references.pictures': 'Imagens',
  'references.picturesTitle': 'Imagens de {name}',
  'references.picturesText':
    'Aparecem ao lado dos anúncios, e anúncios com uma imagem parecida são encontrados por elas.',
  'references.picture': 'Imagem {number}',
  'references.removePicture': 'Retirar',
  'references.picturesFull': 'Já há {most}, o máximo. Retire uma antes.',
  'references.pictureAddress': 'Endereço de uma imagem',
  'references.fetch': 'Buscar',
  'references.upload': 'Escolher arquivo',
  'references.tooLarge': 'O arquivo passa de {size} MB. Escolha um menor.',
  'references.done': 'Pronto',
}
