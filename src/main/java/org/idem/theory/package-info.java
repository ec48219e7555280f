/**
 * What training must produce, in closed form. This room holds the fronts; what they are made of lies in rooms of its
 * own, from the ground up: {@code arithmetic} and {@code law}, {@code design}, {@code path}, {@code output}, then
 * {@code rounding}, {@code generalisation}, {@code deep} and {@code kernel} side by side. {@code exact} says the same
 * in fractions.
 *
 * <p>Nothing here takes a gradient step; nothing here knows the training package. Notation: X is the d × n design
 * matrix with one input or patch per column, θ the k × d parameters with one row per output, c the loss scale. Start
 * with {@link org.idem.theory.ClosedForm}; {@link org.idem.theory.CyclicForm} is its counterpart for one example per
 * step, and {@link org.idem.theory.SteppedForm} what the two have in common.
 */
package org.idem.theory;
