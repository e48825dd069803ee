/** Mail on a POP3 server (RFC 1939), read with Spring Integration Mail. */
@NullMarked
package org.palomar.migration.pop3;

import org.jspecify.annotations.NullMarked;
