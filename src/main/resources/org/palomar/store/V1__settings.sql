-- What a person chose. `person` is the user name at the mail server.
create table if not exists setting (
    person varchar(320) not null,
    name varchar(60) not null,
    chosen varchar(2000) not null,
    primary key (person, name)
);

-- Senders whose pictures a person always sees; the address is in lower case.
create table if not exists picture_sender (
    person varchar(320) not null,
    address varchar(320) not null,
    since timestamp with time zone not null,
    primary key (person, address)
);
