import type { Words } from './words.js'

export const wordsEn: Words = {
  phases: {
    opening: 'Opening',
    awaitingBrand: 'Waiting for the brand',
    awaitingAccountManager: 'Waiting for the account manager',
    awaitingLead: 'Waiting for the lead',
    coolingOff: 'Removal can still be stopped',
    takingDown: 'Being removed',
    needsAttention: 'Needs attention',
    closed: 'Closed',
  },
  outcomes: {
    takenDown: 'Listing removed',
    alreadyGone: 'Listing was already gone',
    released: 'Listing stays online',
    refusedByMarketplace: 'Removal refused by the marketplace',
    expired: 'Closed without an answer',
    withdrawn: 'Withdrawn by the monitor',
    closedManually: 'Closed by hand',
    refused: 'Report not accepted',
  },
  severities: {
    S1: 'Safety risk',
    S2: 'Suspected counterfeit',
    S3: 'Mark or copyright use',
    S4: 'Other suspicion',
  },
  verdicts: {
    counterfeit: {
      label: 'Counterfeit',
      hint: 'The product is a fake. The listing is removed.',
    },
    markMisuse: {
      label: 'Trademark misused',
      hint: 'Not a fake, but the brand name or logo is used without permission. The listing is removed.',
    },
    copyright: {
      label: 'Copyright infringed',
      hint: 'Protected pictures, texts or works are used. The listing is removed.',
    },
    designOrPatent: {
      label: 'Design or patent infringed',
      hint: 'The product copies a protected design or invention. The listing is removed.',
    },
    genuine: {
      label: 'Genuine',
      hint: 'The product is original. The listing stays online.',
    },
    authorisedSeller: {
      label: 'Authorised seller',
      hint: 'The seller may sell this product. The listing stays online.',
    },
    genuineUnauthorisedSeller: {
      label: 'Genuine, seller not authorised',
      hint: 'The product is original, the seller is no partner. The listing stays online.',
    },
    notIpMatter: {
      label: 'Not an intellectual-property matter',
      hint: 'Empty, used or expired goods, for example: referred to the marketplace’s own rules.',
    },
    notOurs: {
      label: 'Not our brand',
      hint: 'The listing does not concern the brand. The listing stays online.',
    },
    insufficientEvidence: {
      label: 'Not enough evidence',
      hint: 'Nothing proves an infringement. The listing stays online.',
    },
    unsure: {
      label: 'Not sure',
      hint: 'The account manager takes over and helps to find out.',
    },
    needInfo: {
      label: 'More information needed',
      hint: 'The account manager answers the question first.',
    },
  },
  releaseReasons: {
    genuine: 'the product is genuine',
    authorised: 'the seller is authorised',
    genuineUnauthorised: 'the product is genuine, though the seller is not authorised',
    notIp: 'not an intellectual-property matter',
    notOurs: 'the listing does not concern the brand',
    insufficientEvidence: 'there is not enough evidence',
  },
  bases: {
    brandConfirmed: 'Confirmed by the brand',
    brandViaAccountManager: 'Confirmed by the brand through its account manager',
    platformPolicy: 'Decided under the marketplace’s policy',
  },
  owners: {
    brand: 'the brand',
    accountManager: 'the account manager',
    lead: 'the lead',
    marketplace: 'the marketplace',
    platform: 'the platform',
  },
  roles: {
    monitor: 'the monitor',
    brandMember: 'the brand',
    brandAdmin: 'the brand’s administrator',
    accountManager: 'the account manager',
    lead: 'the lead',
    operator: 'the operator',
  },
  rights: {
    trademark: 'Trademark',
    copyright: 'Copyright',
    design: 'Design',
    patent: 'Patent',
    geographicalIndication: 'Geographical indication',
  },
  indicators: {
    packaging: 'Packaging',
    serialNumber: 'Serial number',
    price: 'Price',
    seller: 'Seller',
    pictures: 'Pictures',
    wording: 'Wording',
    testBuy: 'Test purchase',
    other: 'Other',
  },
  silencePolicies: {
    neverExpires: 'Stays open until somebody decides',
    platformDecides: 'The marketplace’s lead decides',
    accountManagerDecides: 'The account manager decides',
    release: 'Closes and leaves the listing online',
  },
  attentionReasons: {
    silence: 'Nobody answered in time',
    takedownExhausted: 'The marketplace did not carry out the removal',
    marketplaceRefused: 'The marketplace refused the removal',
    listingChanged: 'The listing changed while the case was open',
  },
  unblockSteps: {
    decide: 'Decide the case',
    returnToBrand: 'Send it back to the brand with a note',
    retryTakedown: 'Ask the marketplace again once the cause is mended',
    reassign: 'Hand it to another person',
    closeManually: 'Close it by hand, with a reason',
  },
}
