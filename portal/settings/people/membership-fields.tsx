import { isBrandRole, type PersonRole } from '../../../domain/vocabulary.js'
import { useOwnBrands } from '../../data/brands.js'
import { useSession } from '../../data/session.js'
import { Select } from '../../design/fields.js'
import { Row } from '../../design/page.js'
import { useReading } from '../../words/words.js'
import { rolesGivenBy } from './person.js'

/** As what somebody may act, and for which brand where the role is one of a brand. */
export interface MembershipDraft {
  membershipId?: string
  role: PersonRole
  brandIds: readonly string[] | '*'
}

/** Role and brand of a membership. */
export function MembershipFields({
  value,
  onChange,
}: {
  value: MembershipDraft
  onChange: (value: MembershipDraft) => void
}) {
  const { say } = useReading()
  const { membership } = useSession()
  const { data: brands = [] } = useOwnBrands()
  const { role, brandIds } = value
  const [first] = brandIds === '*' ? [] : brandIds
  const areSeveral = brandIds !== '*' && brandIds.length > 1
  return (
    <Row>
      <Select
        label={say('people.role')}
        isLabelled
        value={role}
        options={rolesGivenBy(membership.role).map((each) => ({
          value: each,
          label: say(`roleName.${each}`),
        }))}
        onChange={(chosen) =>
          onChange({
            ...value,
            role: chosen,
            brandIds: isBrandRole(chosen) ? brandsFor(brandIds, brands[0]?.brandId) : '*',
          })
        }
      />
      {isBrandRole(role) && brands.length > 1 && !areSeveral && (
        <Select
          label={say('form.brand')}
          isLabelled
          value={first ?? brands[0]?.brandId ?? ''}
          options={brands.map(({ brandId, name }) => ({ value: brandId, label: name }))}
          onChange={(chosen) => onChange({ ...value, brandIds: [chosen] })}
        />
      )}
    </Row>
  )
}

function brandsFor(before: readonly string[] | '*', first: string | undefined): readonly string[] {
  if (before !== '*' && before.length > 0) return before
  return first === undefined ? [] : [first]
}
