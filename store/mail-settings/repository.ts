import type { MailSettings } from '../../domain/notice/mail-settings.js'

/** What people have chosen about their mails. Whoever has another address has chosen nothing yet. */
export interface MailSettingsRepository {
  /** `recipient` as `domain/notice/recipients.ts` names them, `address` as `addressDigest` has it. */
  find(recipient: string, address: string): Promise<MailSettings | null>
  save(recipient: string, address: string, settings: MailSettings, at: Date): Promise<void>
}
