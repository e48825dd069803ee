-- Mail that is brought home, once or again and again. `sealed` says from where and how; `credentials` are those of the person here, sealed
-- by themselves, and gone when it is over.
create table if not exists migration (
    person varchar(320) not null,
    id varchar(36) not null,
    kind varchar(10) not null,
    state varchar(20) not null,
    made timestamp with time zone not null,
    due timestamp with time zone not null,
    attempts integer not null,
    -- Whoever is at work on it, and until when that is believed.
    worker varchar(36),
    lease timestamp with time zone,
    reason varchar(60) not null,
    sealed text not null,
    credentials text,
    -- Of the present or last run.
    begun timestamp with time zone,
    ended timestamp with time zone,
    total bigint not null,
    total_octets bigint not null,
    copied bigint not null,
    copied_octets bigint not null,
    present bigint not null,
    skipped bigint not null,
    verified bigint not null,
    removed bigint not null,
    primary key (person, id)
);

create index if not exists migration_due on migration (due);

-- What became of each message of a source. `account` and `item` are digests of where it was and what it was called there.
create table if not exists migration_message (
    account varchar(43) not null,
    item varchar(43) not null,
    state varchar(10) not null,
    digest varchar(43) not null,
    octets bigint not null,
    mailbox varchar(1000) not null,
    uidvalidity bigint not null,
    -- Where it lies; 0 where that is not known.
    uid bigint not null,
    -- The first UID that the mailbox could give to it.
    since bigint not null,
    at timestamp with time zone not null,
    reason varchar(60) not null,
    -- What the message says it is, where it was left out; sealed.
    note text,
    primary key (account, item)
);
