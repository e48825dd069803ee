/** The project's benchmark: the same operations on Palomar and on bare IMAP, in one run. Started by {@code bench/run}. */
package org.palomar.bench;
