-- Shared: counted response kinds

CREATE TABLE "counted_response_kinds" AS
SELECT DISTINCT lower(trim(COALESCE(type, 'response'))) AS kind
FROM responses
WHERE NOT regexp_full_match(lower(trim(COALESCE(type, 'response'))), '(.*[^a-z])?(e?mails?|messages?|sms|push|hard|soft)?(open(s|ed)?|sends?|sent|deliver(y|ies|ed|s)?|undelivered|impressions?|bounce[sd]?|unsub[a-z]*|opt(s|ed|ing)?[^a-z]?outs?|spam|complain(t|ts|ed))(e?mails?|messages?|sms)?([^a-z].*)?');
