import {
  DefaultLogger,
  type LogLevel,
  makeTelemetryFilterString,
  Runtime,
} from '@temporalio/worker'

// Imported by what runs workers in tests. Activities fail there on purpose, and every start and
// end of a worker is told; to read it all: TEST_LOG_LEVEL=INFO npm test -- <path>
const level = (process.env['TEST_LOG_LEVEL'] ?? 'ERROR') as LogLevel
Runtime.install({
  logger: new DefaultLogger(level),
  telemetryOptions: {
    logging: { filter: makeTelemetryFilterString({ core: level, other: level }) },
  },
})
