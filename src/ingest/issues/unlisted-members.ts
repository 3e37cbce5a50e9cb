import type { DataIssue, TablesCheck } from './issue.js';
import { listedCampaignsSql, listedMembersSql } from './members.sql.js';

/** Members and campaigns that events name and no file describes, and members that are known by number only. */
export const unlistedMembers: TablesCheck = async ({ engine, plan, filling }) => {
  const [members] = await engine.rows(listedMembersSql());
  const [campaigns] = await engine.rows(listedCampaignsSql());
  const issues: DataIssue[] = [];
  const total = filling.rows('members');
  const { population } = plan.mapping;
  if (population !== undefined && members !== undefined) {
    issues.push({
      type: 'stated-population',
      title: 'The size of the scheme is stated, not counted',
      description: 'Members that no file names count as members without any contact, sale or response.',
      template: 'The scheme is stated to have {population} members; {unnamed} of them are named in no file and count as members without any event.',
      values: { population, unnamed: members.unnamed },
      severity: 'note',
      file: null,
    });
  }
  if (members !== undefined && members.listed > 0 && members.unlisted > 0) {
    issues.push({
      type: 'unlisted-members',
      title: 'Members that no members file lists',
      description: 'They occur in contacts, sales, responses or points only. They count as members; their attributes are unknown.',
      template: '{unlisted} of the {total} members that the files name occur in no members file.',
      values: { unlisted: members.unlisted, total: total - members.unnamed },
      severity: 'warning',
      file: null,
    });
  }
  if (campaigns !== undefined && campaigns.unlisted > 0) {
    issues.push({
      type: 'undescribed-campaigns',
      title: 'Campaigns that no file describes',
      description: 'Contacts or responses name them, but their dates, objective and cost are unknown.',
      template: '{unlisted} of {total} campaigns occur in contacts or responses but are described in no file.',
      values: { unlisted: campaigns.unlisted, total: filling.rows('campaigns') },
      severity: campaigns.listed > 0 ? 'warning' : 'note',
      file: null,
    });
  }
  return issues;
};
