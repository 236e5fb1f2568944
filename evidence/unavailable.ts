/** A picture cannot be had: its address, its server or its bytes are not as they have to be. */
export class PictureUnavailable extends Error {
  override name = 'PictureUnavailable'
}
