// Exports of an invented scheme as large as a benchmark wants it, made in SQL and written as CSV.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** A share in 0..1 from whole numbers, the same on every machine. */
const chance = (...parts) => `((hash(${parts.join(', ')}) % 1000003) / 1000003.0)`;
const upTo = (most, ...parts) => `CAST(floor(${most} * ${chance(...parts)}) AS INTEGER)`;
const day = (from, days, ...parts) => `DATE '${from}' + ${upTo(days, ...parts)}`;
const oneOf = (words, ...parts) => `(['${words.join("','")}'])[1 + ${upTo(words.length, ...parts)}]`;
/** A value in a share of the rows, else nothing. */
const sometimes = (share, value, ...parts) => `CASE WHEN ${chance(...parts)} < ${share} THEN ${value} END`;
const memberNamed = (number) => `'M' || lpad((${number})::VARCHAR, 8, '0')`;

const channels = ['email', 'sms', 'post'];
const tiers = ['Bronze', 'Silver', 'Gold'];
const seasons = ['New Year', 'Easter', 'Early Summer', 'Back to School', 'Black Friday', 'Advent'];
const themes = ['Bonus Points Weekend', 'Members’ Preview', '20% Off Everything', 'Thank You Gift', 'Sofa and Garden Sale', 'Free Delivery'];
const categories = ['food', 'home', 'garden', 'toys', 'books'];

/**
 * The files, each as a query; members with low numbers buy more and are contacted more, up to some fifty times the average. Every
 * `testEvery`-th campaign is a test: a tenth of those chosen for it is held out.
 */
function queries({ size, campaigns, testEvery }) {
  const members = Math.round(1_000_000 * size);
  const each = Math.round((30_000_000 / campaigns) * size);
  const campaignDay = `DATE '2023-01-02' + CAST(k * ${720 / campaigns} AS INTEGER)`;
  const isTest = `k % ${testEvery} = 0`;
  const isHeldOut = (number) => `(${isTest} AND hash(k, ${number}, 'arm') % 10 = 0)`;
  const number = (...parts) => `CAST(floor(${members} * (0.02 * ${chance(...parts)} + 0.98 * power(${chance(...parts)}, 1.7))) AS BIGINT)`;
  const member = (...parts) => memberNamed(number(...parts));
  const chosen = number('k', 'j', 1);
  const sentAt = `CAST(${campaignDay} + ${upTo(5, 'k', 'j', 2)} AS TIMESTAMP) + to_hours(8 + ${upTo(10, 'k', 'j', 5)})`;
  const sends = (step = 1) => `FROM range(${campaigns}) a(k), range(0, ${each}, ${step}) b(j)`;
  return {
    members: `SELECT ${memberNamed('i')} AS member_id, ${day('2019-01-01', 2180, 'i', 1)} AS enrolled_at, ${oneOf(['web', 'store', 'partner', 'app'], 'i', 2)} AS acquisition_source,
      CASE WHEN ${chance('i', 3)} < 0.3 THEN 0.2 ELSE 0 END AS acquisition_discount_share, ${oneOf(tiers, 'i', 4)} AS tier, ${oneOf(['family', 'senior', 'student'], 'i', 6)} AS segment,
      ${oneOf(['North', 'South'], 'i', 5)} AS business_unit, ${sometimes(0.08, day('2024-01-01', 360, 'i', 7), 'i', 8)} AS closed_at
      FROM range(${members}) t(i)`,
    // One guest number stands for many people, as in most real files.
    transactions: `SELECT 'T' || i AS transaction_id, CASE WHEN ${chance('i', 1)} < 0.005 THEN ${memberNamed(0)} WHEN ${chance('i', 1)} < 0.95 THEN ${member('i', 2)} END AS member_id,
      ${day('2023-01-01', 730, 'i', 3)} AS occurred_at, round(5 + 95 * ${chance('i', 4)}, 2) AS net_amount, round(5 + 95 * ${chance('i', 4)} + CASE WHEN ${chance('i', 5)} < 0.3 THEN 3.5 ELSE 0 END, 2) AS gross_amount,
      round((5 + 95 * ${chance('i', 4)}) * 0.35, 2) AS margin_amount, CASE WHEN ${chance('i', 5)} < 0.3 THEN 3.5 ELSE 0 END AS discount_amount,
      ${oneOf(['store', 'web', 'app'], 'i', 6)} AS channel, ${oneOf(categories, 'i', 7)} AS category, ${oneOf(['North', 'South'], 'i', 9)} AS business_unit,
      CASE WHEN ${chance('i', 8)} < 0.02 THEN 'true' ELSE 'false' END AS is_return
      FROM range(${Math.round(20_000_000 * size)}) t(i)`,
    campaigns: `SELECT 'C' || k AS campaign_id, ${oneOf(seasons, 'k', 14)} || ' ' || ${oneOf(themes, 'k', 15)} || ' ' || k AS name, ${oneOf(['Acquisition', 'Immediate sale', 'Retention', 'Development', 'Service'], 'k', 1)} AS objective,
      ${campaignDay} AS starts_at, ${campaignDay} + 6 AS ends_at, ${oneOf(['North', 'South'], 'k', 9)} AS business_unit, ${sometimes(0.7, oneOf(['Closer', 'Everyday'], 'k', 5), 'k', 6)} AS brand_platform,
      5000 + 100 * k AS cost, ${oneOf(['revenue', 'clicks', 'repeat purchase'], 'k', 2)} AS primary_kpi, ${oneOf(['7', '30', '90'], 'k', 3)} AS kpi_horizon_days, ${oneOf(['7', '14'], 'k', 7)} AS attribution_window_days,
      ${oneOf(['segment', 'tier, last purchase', 'complaint status'], 'k', 8)} AS targeting_columns, ${oneOf(['discount', 'points', 'gift'], 'k', 4)} AS offer_type, round(0.3 * ${chance('k', 10)}, 2) AS discount_depth_share,
      ${oneOf(['true', 'false'], 'k', 11)} AS mentions_programme, ${sometimes(0.8, `${campaignDay} - 5 + ${upTo(7, 'k', 12)}`, 'k', 13)} AS staff_briefed_at,
      CASE WHEN ${isTest} THEN 0.1 END AS planned_holdout_share FROM range(${campaigns}) t(k)`,
    contacts: `SELECT ${memberNamed(chosen)} AS member_id, 'C' || k AS campaign_id, ${sentAt} AS contacted_at,
      ${oneOf(channels, 'k', 'j', 3)} AS channel, 'O' || ${upTo(12, 'k', 'j', 4)} AS offer_id, ${sometimes(0.3, oneOf(['purchase', 'birthday', 'basket'], 'k', 'j', 8), 'k', 'j', 7)} AS trigger_type,
      CASE WHEN ${chance('k', 'j', 6)} < 0.03 THEN 'true' ELSE 'false' END AS bounced, CASE WHEN ${chance('k', 'j', 9)} < 0.02 THEN 'true' ELSE 'false' END AS is_transactional, 0.05 AS cost
      ${sends()} WHERE NOT ${isHeldOut(chosen)}`,
    assignments: `SELECT DISTINCT 'C' || k AS campaign_id, ${memberNamed(chosen)} AS member_id, CASE WHEN ${isHeldOut(chosen)} THEN 'holdout' ELSE 'treatment' END AS arm, ${campaignDay} AS assigned_at
      ${sends()} WHERE ${isTest}`,
    responses: `SELECT ${memberNamed(chosen)} AS member_id, 'C' || k AS campaign_id, ${sentAt} + to_hours(${upTo(90, 'k', 'j', 10)}) AS responded_at, ${oneOf(['click', 'purchase'], 'k', 'j', 11)} AS type,
      round(90 * ${chance('k', 'j', 12)}, 2) AS amount ${sends(10)} WHERE NOT ${isHeldOut(chosen)}`,
    opt_outs: `SELECT ${memberNamed(chosen)} AS member_id, ${oneOf(channels, 'k', 'j', 3)} AS channel, ${sentAt} + to_hours(20) AS occurred_at, 'unsubscribe' AS type, 'C' || k AS campaign_id ${sends(600)}`,
    consents: `SELECT ${memberNamed('i')} AS member_id, c AS channel, CASE WHEN ${chance('i', 'c', 1)} < 0.85 THEN 'granted' ELSE 'withdrawn' END AS status, ${day('2019-01-01', 2100, 'i', 1)} AS valid_from
      FROM range(${members}) t(i), unnest(['email', 'sms', 'post']) u(c)`,
    points: `SELECT ${member('i', 1)} AS member_id, ${day('2023-01-01', 730, 'i', 2)} AS occurred_at, CASE WHEN ${chance('i', 3)} < 0.75 THEN 'earn' WHEN ${chance('i', 3)} < 0.95 THEN 'redeem' ELSE 'expire' END AS type,
      100 AS points, 1.00 AS value_amount, CASE WHEN ${chance('i', 3)} < 0.75 THEN ${day('2023-01-01', 730, 'i', 2)} + 365 END AS expires_at FROM range(${Math.round(5_000_000 * size)}) t(i)`,
    tiers: `SELECT ${memberNamed('i')} AS member_id, ${oneOf(tiers, 'i', 'p', 4)} AS tier, DATE '2023-01-01' + CAST(p * 250 AS INTEGER) AS valid_from,
      CASE WHEN p < 2 THEN DATE '2023-01-01' + CAST(p * 250 + 249 AS INTEGER) END AS valid_to FROM range(${members}) t(i), range(3) u(p)`,
    service_events: `SELECT ${member('i', 1)} AS member_id, ${day('2023-01-01', 730, 'i', 2)} AS occurred_at, ${oneOf(['complaint', 'return', 'contact'], 'i', 3)} AS type, 'phone' AS channel,
      ${sometimes(0.9, `${day('2023-01-01', 730, 'i', 2)} + ${upTo(20, 'i', 4)}`, 'i', 5)} AS resolved_at, 8.5 AS cost FROM range(${Math.round(300_000 * size)}) t(i)`,
    offers: `SELECT 'O' || i AS offer_id, ${oneOf(['discount', 'points', 'gift'], 'i', 2)} AS type, 5 AS value, ${oneOf(categories, 'i', 1)} AS category FROM range(12) t(i)`,
  };
}

/** Writes `exports/*.csv` into the folder; size 1 is 1 million members, 20 million transactions and 30 million contacts. */
export async function writeExports(folder, { size, campaigns = 200, testEvery = 10 }) {
  mkdirSync(join(folder, 'exports'), { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '3GB', temp_directory: join(folder, 'spill') });
  const connection = await instance.connect();
  for (const [name, query] of Object.entries(queries({ size, campaigns, testEvery })))
    await connection.run(`COPY (${query}) TO '${join(folder, 'exports', name)}.csv' (HEADER, DELIMITER ',')`);
  connection.closeSync();
  instance.closeSync();
}
