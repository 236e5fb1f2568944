export { type ApiClient, ApiRefusal, createApiClient } from '../../cli/api-client.js'
