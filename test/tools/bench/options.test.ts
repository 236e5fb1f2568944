import { describe, expect, it } from '@jest/globals'
import { CommanderError } from 'commander'
import { parseOptions } from '../../../tools/bench/options.js'

describe('the options of the benchmark', () => {
  it('measure everything in small sizes by default', () => {
    expect(parseOptions([])).toMatchObject({
      only: ['cases', 'intake', 'lists', 'memory', 'batch', 'live', 'scroll'],
      list: [1_000, 5_000],
      batch: 1_000,
      live: 50,
      scroll: 1_000,
      workers: [1],
      temporal: 'development',
      json: false,
    })
  })

  it('take large sizes with --full, where none are given', () => {
    const options = parseOptions(['--full', '--batch', '50'])
    expect(options).toMatchObject({
      list: [1_000, 10_000, 100_000],
      memory: [500, 3_500],
      batch: 50,
      live: 500,
      scroll: 10_000,
    })
    expect(options).not.toHaveProperty('full')
  })

  it('sort numbers and parts, each once', () => {
    const args = ['--list', '500,100,500', '--workers', '4,1,2', '--only', 'batch,cases,batch']
    expect(parseOptions(args)).toMatchObject({
      list: [100, 500],
      workers: [1, 2, 4],
      only: ['cases', 'batch'],
    })
  })

  it.each([
    [
      ['--only', 'cases,speed'],
      /no "speed"; choose of cases, intake, lists, memory, batch, live, scroll/,
    ],
    [['--cases', '0'], /whole number from 1/],
    [['--open', '10,x'], /whole number from 1/],
    [['--memory', '100'], /two numbers, such as 500,1500/],
    [['--workers', '1,9'], /at most 8/],
    [['--temporal', 'cassandra'], /development, postgresql/],
    [['--quick'], /unknown option/],
  ])('say what is wrong with %j', (args, message) => {
    let said = ''
    expect(() => parseOptions(args, (text) => (said += text))).toThrow(CommanderError)
    expect(said).toMatch(message)
  })

  it('explain themselves', () => {
    let said = ''
    expect(() => parseOptions(['--help'], (text) => (said += text))).toThrow(CommanderError)
    for (const part of [
      '--only',
      'cases,intake,lists,memory,batch,live,scroll',
      '1000,10000,100000',
    ]) {
      expect(said.replace(/\s+/g, ' ')).toContain(part)
    }
  })
})
