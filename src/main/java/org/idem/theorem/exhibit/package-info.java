/**
 * Pictures of single networks for reports: how error depends on the kernel, how a loss falls, what a trained network
 * makes of an image. They prove nothing; theorems do.
 */
package org.idem.theorem.exhibit;
