package org.palomar.e2e;

/** The product with a mail server behind it. */
interface Product {

    /** Somebody who comes with a fresh browser. */
    Visitor visitor(Device device);

    /** The mail server, seen by another program. */
    MailStore store();
}
