/** For test suites of projects with theorems of their own; needs jqwik on the test class path. */
package org.idem.testing;
