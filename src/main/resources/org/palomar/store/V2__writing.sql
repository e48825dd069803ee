-- A letter in work. `sealed` is all of it; the rest is what is needed to find and to keep it.
create table if not exists draft (
    person varchar(320) not null,
    id varchar(36) not null,
    -- Grows with each change; who changes an older one is told.
    revision bigint not null,
    -- The page that wrote last, and how often it had: its own requests may overtake each other.
    editor varchar(36) not null,
    turn bigint not null,
    sealed text not null,
    changed timestamp with time zone not null,
    discarded timestamp with time zone,
    -- The copy in the Drafts mailbox, and the revision it has.
    copy varchar(4000),
    copied bigint not null,
    primary key (person, id)
);

-- Files on the disk that belong to a letter in work.
create table if not exists upload (
    person varchar(320) not null,
    id varchar(32) not null,
    draft varchar(36) not null,
    octets bigint not null,
    kept timestamp with time zone not null,
    sealed text not null,
    primary key (person, id)
);

-- A message on its way. `sealed` says to whom, and holds the letter in work; `credentials` are sealed by themselves and go with it.
create table if not exists outbox (
    person varchar(320) not null,
    id varchar(36) not null,
    state varchar(20) not null,
    due timestamp with time zone not null,
    made timestamp with time zone not null,
    attempts integer not null,
    -- Whoever is at work on it, and until when that is believed.
    worker varchar(36),
    lease timestamp with time zone,
    reason varchar(60) not null,
    sealed text not null,
    credentials text,
    primary key (person, id)
);

create index if not exists outbox_due on outbox (due);

-- The message itself, in pieces.
create table if not exists outbox_piece (
    person varchar(320) not null,
    id varchar(36) not null,
    place integer not null,
    sealed text not null,
    primary key (person, id, place)
);
