/** `safetyMark` as a person writes it: `safety mark`. */
export function wordsOf(name: string): string {
  return name.replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ').toLowerCase()
}

/**
 * How a marketplace rates a seller, in words. Mercado Libre's levels are codes, `1_red` to `5_green`;
 * what is no such code is shown as it is.
 */
export function standingOf(reputation: string): string {
  const [, level, colour = ''] = /^([1-5])_([a-z_]+)$/.exec(reputation) ?? []
  return level === undefined ? reputation : `${level} of 5 (${colour.replaceAll('_', ' ')})`
}
