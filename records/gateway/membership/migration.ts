// Applications are sealed whole: who is refused leaves no name that can be read. What stands on chain or in the directory is public, and in the clear.
import type { Migrations } from '#server';

export const MEMBERSHIP_MIGRATIONS: Migrations = [{
  name: 'records-membership',
  sql: `CREATE TABLE application (
     id text PRIMARY KEY,
     number bigserial UNIQUE,
     account bytea NOT NULL,
     role text NOT NULL,
     organisation text,
     state text NOT NULL CHECK (state IN ('confirming', 'deciding', 'sending', 'accepted', 'refused')),
     sealed bytea NOT NULL,
     changed_at bigint NOT NULL
   );
   CREATE UNIQUE INDEX application_open ON application (account, role) WHERE state IN ('confirming', 'deciding', 'sending');
   CREATE INDEX application_account ON application (account);
   CREATE INDEX application_state ON application (state, number);
   CREATE TABLE membership_order (
     id text PRIMARY KEY,
     number bigserial UNIQUE,
     kind text NOT NULL,
     member text NOT NULL,
     body text NOT NULL,
     application text REFERENCES application (id) ON DELETE SET NULL,
     statement text NOT NULL,
     mask integer NOT NULL,
     state text NOT NULL CHECK (state IN ('sending', 'done', 'failed')),
     failure text,
     recorded_at bigint NOT NULL
   );
   CREATE INDEX membership_order_sending ON membership_order (number) WHERE state = 'sending';
   CREATE TABLE member_profile (
     address text PRIMARY KEY,
     name text NOT NULL,
     sort text NOT NULL,
     country text NOT NULL,
     reading_key text NOT NULL,
     changed_at bigint NOT NULL
   );
   CREATE INDEX member_profile_sort ON member_profile (sort, address);
   CREATE TABLE role_credential (
     account bytea NOT NULL,
     role text NOT NULL,
     sealed bytea NOT NULL,
     PRIMARY KEY (account, role)
   );
   CREATE TABLE staff_key (
     organisation text NOT NULL,
     person text NOT NULL,
     key text NOT NULL,
     sealed text NOT NULL,
     recorded_at bigint NOT NULL,
     PRIMARY KEY (organisation, person)
   );`,
}, {
  name: 'records-membership-staff',
  sql: `CREATE TABLE staff_member (
     organisation text NOT NULL,
     person text NOT NULL,
     since bigint NOT NULL,
     signature text NOT NULL,
     recorded_at bigint NOT NULL,
     PRIMARY KEY (organisation, person)
   );
   CREATE INDEX staff_member_recorded ON staff_member (recorded_at);`,
}];
