/** Random numbers of which initial weights are made, with the same bits on every platform. */
package org.idem.network.random;
