/** Real servers and small tools for tests. */
package org.palomar.testing;
