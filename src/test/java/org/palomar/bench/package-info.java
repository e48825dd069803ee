/** The project's benchmark: the same operations on Palomar, bare IMAP and Roundcube, in one run. Started by {@code bench/run}. */
package org.palomar.bench;
