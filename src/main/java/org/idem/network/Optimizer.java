package org.idem.network;

/** How gradients move parameters; conventions are those of common frameworks. */
public sealed interface Optimizer permits LinearMethod, Adam, RmsProp, Adagrad {}
