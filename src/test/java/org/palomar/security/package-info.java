/** The rows of the threat list that the assembled product must withstand; each test is named after its row. */
package org.palomar.security;
