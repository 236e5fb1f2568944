import type { Severity } from '../domain/vocabulary.js'
import { html } from './html.js'
import type { Tone } from './mail-document.js'

const FONT =
  "font-family:-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei',Arial,sans-serif"
const INK = '#1b2230'
const MUTED = '#5b6577'
const ACCENT = '#1f4fd8'

const tone: Record<Tone, string> = {
  ask: ACCENT,
  urge: '#d97706',
  done: '#15803d',
  calm: '#64748b',
  alarm: '#c81e3a',
}

const severity: Record<Severity, string> = {
  S1: 'background:#fde3e6;color:#9b1128',
  S2: 'background:#fdebd2;color:#8a4200',
  S3: 'background:#e2eafe;color:#1c3f9f',
  S4: 'background:#e8ebf0;color:#434d5d',
}

/**
 * Inline styles, light colours; text has at least 4.5:1 contrast. Fonts are set on table cells only:
 * Outlook does not inherit them into tables, and repeating them would blow up long mails.
 */
export const styles = {
  tone,
  severity,
  page: `margin:0;padding:0;background:#f1f3f7;${FONT}`,
  preview: 'display:none;max-height:0;overflow:hidden;mso-hide:all',
  gutter: 'padding:24px 16px 40px',
  column: 'max-width:600px;margin:0 auto;text-align:left',
  masthead: 'padding:0 4px 14px',
  wordmark: `${FONT};font-size:16px;font-weight:700;letter-spacing:-.01em;color:${INK}`,
  brand: `${FONT};font-size:14px;color:${MUTED}`,
  sheet: 'background:#ffffff;border-radius:10px',
  pad: `padding:28px 32px 20px;${FONT}`,
  h1: `margin:0 0 16px;font-size:23px;line-height:1.3;letter-spacing:-.01em;color:${INK}`,
  h2: `margin:10px 0 8px;font-size:17px;line-height:1.4;color:${INK};overflow-wrap:anywhere`,
  p: `margin:0 0 14px;font-size:15px;line-height:1.55;color:${INK};overflow-wrap:anywhere`,
  deadline: 'margin:4px 0 20px',
  deadlineCell: `padding:12px 16px;background:#fff6e0;border-left:4px solid #d97706;border-radius:4px;${FONT};line-height:1.5`,
  label: `font-size:13px;color:${MUTED}`,
  strong: `font-size:16px;color:${INK}`,
  card: 'margin:0 0 16px;border:1px solid #dde2ea;border-radius:8px;border-collapse:separate',
  cardPad: `padding:20px 22px 10px;${FONT}`,
  compactPad: `padding:14px 18px;${FONT}`,
  compactTitle: `margin:8px 0 4px;font-size:15px;font-weight:600;line-height:1.4;color:${INK};overflow-wrap:anywhere`,
  titleLink: `color:${INK};text-decoration:none`,
  compactLine: `margin:0 0 4px;font-size:13px;line-height:1.5;color:${MUTED};overflow-wrap:anywhere`,
  compactAction: `margin:8px 0 0;font-size:14px;font-weight:600`,
  restHeading: `margin:24px 0 8px;font-size:15px;font-weight:600;line-height:1.4;color:${INK}`,
  counts: `margin:0 0 14px;font-size:15px;line-height:1.5;color:${MUTED}`,
  inkText: `color:${INK}`,
  pill: `display:inline-block;padding:3px 10px;border-radius:99px;font-size:12px;font-weight:600;line-height:1.5`,
  link: `color:${ACCENT};text-decoration:underline`,
  factLabel: `padding:4px 14px 4px 0;width:28%;${FONT};font-size:14px;line-height:1.45;color:${MUTED}`,
  factValue: `padding:4px 0;${FONT};font-size:14px;line-height:1.45;color:${INK};overflow-wrap:anywhere;word-break:break-word`,
  sectionHeading: `margin:18px 0 4px;font-size:13px;font-weight:600;line-height:1.5;color:${MUTED}`,
  list: `margin:0 0 14px;padding:0 0 0 20px;color:${INK}`,
  item: `margin:0 0 4px;font-size:15px;line-height:1.5;overflow-wrap:anywhere`,
  buttonTable: 'margin:20px 0 12px',
  buttonCell: `background:${ACCENT};border-radius:6px`,
  button: `display:inline-block;padding:12px 26px;${FONT};font-size:16px;font-weight:600;color:#ffffff;text-decoration:none`,
  footer: `padding:18px 8px 0;${FONT};font-size:12px;line-height:1.5;color:${MUTED};text-align:center`,
} as const

/** Overrides for dark and narrow screens, for the mail programs that read a style block. */
export const MAIL_STYLES = html`<style>
  :root {
    color-scheme: light dark;
    supported-color-schemes: light dark;
  }
  .link {
    color: ${ACCENT};
  }
  @media (max-width: 480px) {
    .gutter {
      padding: 12px 0 24px !important;
    }
    .masthead,
    .footer {
      padding-left: 18px !important;
      padding-right: 18px !important;
    }
    .pad {
      padding: 22px 18px 14px !important;
    }
    .cardpad {
      padding: 16px 16px 10px !important;
    }
  }
  @media (prefers-color-scheme: dark) {
    .page {
      background: #10141b !important;
    }
    .sheet {
      background: #1a202b !important;
    }
    .ink {
      color: #e9edf4 !important;
    }
    .muted {
      color: #a3adbd !important;
    }
    .card {
      border-color: #343d4d !important;
    }
    .deadline {
      background: #33290f !important;
    }
    .link {
      color: #8fb1ff !important;
    }
    .button {
      background: #2f5fe8 !important;
    }
    .s1 {
      background: #4a1420 !important;
      color: #ffc2cb !important;
    }
    .s2 {
      background: #44290b !important;
      color: #ffd7a3 !important;
    }
    .s3 {
      background: #1c2f63 !important;
      color: #c5d5ff !important;
    }
    .s4 {
      background: #303846 !important;
      color: #d3d9e4 !important;
    }
  }
</style>`
