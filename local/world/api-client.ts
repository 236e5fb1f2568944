export { createApiClient } from '../../cli/api-client.js'
