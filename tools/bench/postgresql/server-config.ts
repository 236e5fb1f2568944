/** The ports that the server and its database listen on, on loopback. */
export interface ServerPorts {
  postgresql: number
  frontend: number
  /** Three services more and four of their memberships, one after the other from here on. */
  firstOfOthers: number
}

const SERVICES = ['frontend', 'history', 'matching', 'worker'] as const
const CONNECTIONS = 20

/** The server's configuration: everything in one process, on one PostgreSQL. */
export function serverConfig(given: {
  ports: ServerPorts
  user: string
  dynamicConfigFile: string
}): object {
  const { ports, user, dynamicConfigFile } = given
  const datastore = (databaseName: string) => ({
    sql: {
      pluginName: 'postgres12',
      databaseName,
      connectAddr: `127.0.0.1:${ports.postgresql}`,
      connectProtocol: 'tcp',
      user,
      password: '',
      maxConns: CONNECTIONS,
      maxIdleConns: CONNECTIONS,
      maxConnLifetime: '1h',
    },
  })
  const services = SERVICES.map((name, index) => {
    const grpcPort = name === 'frontend' ? ports.frontend : ports.firstOfOthers + index - 1
    const membershipPort = ports.firstOfOthers + SERVICES.length - 1 + index
    return [name, { rpc: { grpcPort, membershipPort, bindOnLocalHost: true } }] as const
  })
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: 4,
      datastores: {
        default: datastore('temporal'),
        visibility: datastore('temporal_visibility'),
      },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(services) as object,
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${ports.frontend}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: dynamicConfigFile, pollInterval: '10s' },
  }
}
