import path from 'node:path'
import { Command } from 'commander'
import { REPOSITORY_DIR } from '../../local/provision/context.js'
import { LETTERS } from './letters.js'
import { takePictures } from './take-pictures.js'

// npm run pictures:mails: every kind of mail as people see it, for docs/mails.md.

const { images } = new Command('npm run pictures:mails --')
  .description('Takes pictures of every kind of mail: wide, narrow, dark and in Chinese.')
  .option('--images <folder>', 'where they go', path.join(REPOSITORY_DIR, 'docs/images/mails'))
  .parse()
  .opts<{ images: string }>()

const { files, problems } = await takePictures(LETTERS, images)
for (const problem of problems) console.error(problem)
console.log(`${files.length} pictures are in ${images}.`)
process.exitCode = problems.length === 0 ? 0 : 1
