import ipaddr from 'ipaddr.js'

/** The only IPv6 addresses that are given out for the internet (RFC 4291, 2000::/3). */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3')

/**
 * True for an IP address of the public internet: not of a private, loopback, link-local, shared,
 * documentation, multicast or reserved range, and none that stands for an IPv4 address of those.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_IPV6)
}
