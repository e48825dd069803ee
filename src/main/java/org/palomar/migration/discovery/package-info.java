/** Where the mail of an address is offered, without asking anybody but its own domain (THREATS S42). */
@NullMarked
package org.palomar.migration.discovery;

import org.jspecify.annotations.NullMarked;
