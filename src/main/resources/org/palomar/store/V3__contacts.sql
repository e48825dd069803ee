-- People. The vCard is the truth; everything beside it is there to be found by. `sort_key` and `word` are UTF-8 octets of folded
-- text, so that both databases compare them alike.
create table if not exists contact (
    id varchar(32) primary key,
    person varchar(320) not null,
    uid varchar(300) not null,
    card text not null,
    name varchar(300) not null,
    initial varchar(8) not null,
    sort_key bytea not null,
    organisation varchar(300) not null,
    photo boolean not null,
    collected boolean not null,
    changed timestamp with time zone not null,
    -- Where it lies on the person's CardDAV server, what it was there, and whether it changed here since.
    href varchar(1000),
    etag varchar(300),
    dirty boolean not null
);
create index if not exists contact_sorted on contact (person, sort_key, id);
create index if not exists contact_uid on contact (person, uid);
create index if not exists contact_initial on contact (person, initial);

-- `score` is the logarithm of how often, each time worth half as much after a month.
create table if not exists contact_address (
    contact varchar(32) not null references contact (id) on delete cascade,
    place int not null,
    person varchar(320) not null,
    address varchar(320) not null,
    score double precision not null,
    uses int not null,
    primary key (contact, place)
);
create index if not exists contact_address_of on contact_address (person, address);

-- `kind` is 0 for names and addresses, which are suggested, and 1 for everything else.
create table if not exists contact_word (
    contact varchar(32) not null references contact (id) on delete cascade,
    word bytea not null,
    kind int not null,
    person varchar(320) not null,
    primary key (contact, word)
);
create index if not exists contact_word_of on contact_word (person, word, kind, contact);

create table if not exists contact_group (
    contact varchar(32) not null references contact (id) on delete cascade,
    name varchar(100) not null,
    person varchar(320) not null,
    primary key (contact, name)
);
create index if not exists contact_group_of on contact_group (person, name);

-- Deleted here, and not yet on the server.
create table if not exists contact_gone (
    person varchar(320) not null,
    href varchar(1000) not null,
    etag varchar(300),
    primary key (person, href)
);

-- The CardDAV account of a person; the password is sealed.
create table if not exists address_book (
    person varchar(320) primary key,
    url varchar(1000) not null,
    username varchar(320) not null,
    secret varchar(2000) not null,
    book varchar(1000) not null,
    title varchar(300) not null,
    token varchar(1000) not null,
    state varchar(40) not null,
    -- Of the last time: done at, and how many came, went out, were deleted and collided.
    ended timestamp with time zone,
    came int not null,
    sent int not null,
    deleted int not null,
    collided int not null,
    due timestamp with time zone not null
);
create index if not exists address_book_due on address_book (due);
