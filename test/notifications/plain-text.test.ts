import { describe, it, expect } from '@jest/globals'
import fc from 'fast-check'
import { nameLine, oneLine, quotedLine, webAddress } from '../../notifications/plain-text.js'

describe('oneLine', () => {
  it.each([
    ['  HP \t 664XL\r\nBcc: x ', 'HP 664XL Bcc: x'],
    ['gpj.\u202eexe', 'gpj. exe'],
    ['a\u2066b\u200bc\u{e0041}d', 'a b c d'],
    ['\ud800broken', '\ufffdbroken'],
    ['👩‍🔬 lab', '👩‍🔬 lab'],
    ['原装墨盒', '原装墨盒'],
  ])('makes %j harmless', (text, expected) => {
    expect(oneLine(text, 80)).toBe(expected)
  })

  it('never exceeds its length, never splits a character, and changes nothing twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 50 }), (text, max) => {
        const line = oneLine(text, max)
        expect(Array.from(line).length).toBeLessThanOrEqual(max)
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u)
        expect(oneLine(line, max)).toBe(line)
      }),
    )
  })
})

describe('quotedLine', () => {
  it.each([
    ['log in at https://evil.example/x?y', 'log in at https[:]//evil[.]example/x?y'],
    ['see WWW.evil.example now', 'see WWW[.]evil[.]example now'],
    ['原价0https://evil.example', '原价0https[:]//evil[.]example'],
    ['javascript://x', 'javascript[:]//x'],
    ['confirm at hp-verify.com/x?y now', 'confirm at hp-verify[.]com/x?y now'],
    ['(evil.example)', '(evil[.]example)'],
    ['write to me@evil.example', 'write to me@evil[.]example'],
    ['看 真品.公司', '看 真品[.]公司'],
    ['R$ 39.90, 0.38 of 172.90. Next', 'R$ 39.90, 0.38 of 172.90. Next'],
    ['HP 664XL v2.0 (3:1)', 'HP 664XL v2.0 (3:1)'],
  ])('unlinks %j', (text, expected) => {
    expect(quotedLine(text, 80)).toBe(expected)
  })
})

describe('nameLine', () => {
  it('leaves a name as it is and unlinks an address', () => {
    expect(nameLine('Booking.com\r\n', 80)).toBe('Booking.com')
    expect(nameLine('https://evil.example/x', 80)).toBe('https[:]//evil[.]example/x')
  })
})

describe('webAddress', () => {
  it.each([
    ['https://item.example/1?a=b', 'https://item.example/1?a=b'],
    ['http://127.0.0.1:8080/1', 'http://127.0.0.1:8080/1'],
    ['https://item.example/"onclick="x', 'https://item.example/%22onclick=%22x'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['//item.example', null],
    ['', null],
  ])('reads %j as %j', (url, expected) => {
    expect(webAddress(url)).toBe(expected)
  })
})
