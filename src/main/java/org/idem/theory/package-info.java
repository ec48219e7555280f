/**
 * What training must produce, in closed form: design matrices, residual polynomials and least-squares trajectories.
 *
 * <p>Nothing here takes a gradient step; nothing here knows the training package. Notation: X is the d × n design
 * matrix with one input or patch per column, θ the k × d parameters with one row per output, c the loss scale. Start
 * with {@link org.idem.theory.ClosedForm}; {@link org.idem.theory.CyclicForm} is its counterpart for one example per
 * step.
 */
package org.idem.theory;
