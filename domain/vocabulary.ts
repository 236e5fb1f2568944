/**
 * The closed lists of words that parts of the system share. Types, schemas, filters and screens
 * derive from these arrays; docs/terminology.md explains each word.
 */
export * from './vocabulary/case.js'
export * from './vocabulary/clause.js'
export * from './vocabulary/event.js'
export * from './vocabulary/message.js'
export * from './vocabulary/notice.js'
export * from './vocabulary/operation.js'
export * from './vocabulary/people.js'
export * from './vocabulary/question.js'
export * from './vocabulary/record.js'
export * from './vocabulary/severity.js'
export * from './vocabulary/verdict.js'
export * from './vocabulary/webhook.js'
