// Campaigns: many at once.
export { openCampaigns, type Campaigns, type CampaignsDeps } from './campaigns.ts';
export { forgetCampaignRows } from './forget.ts';
export { CAMPAIGN_MIGRATION } from './migration.ts';
export { campaignRoutes } from './routes.ts';
export type { OfferDesk } from './issue-page.ts';
