/**
 * Which results are already there? Append-only results of keyed work in a folder, which no crash and no second process
 * corrupts. What the results mean is the caller's matter.
 *
 * <p>A folder holds:
 *
 * <table>
 * <caption>Files of a store</caption>
 * <tr><th>file</th><th>content</th></tr>
 * <tr><td>{@code store.json}</td><td>format of the store, version of what computed its results</td></tr>
 * <tr><td>{@code results.jsonl}</td><td>a line per result:
 *     {@code {"crc32c":"8 hexadecimal digits","key":"…","arrays":bytes,"record":…}}; the checksum is CRC-32C of the
 *     bytes from {@code "key"} to the end of the line, without its line feed; {@code arrays} is the size of the file of
 *     arrays, 0 without arrays</td></tr>
 * <tr><td>{@code arrays/KEY.npz}</td><td>the arrays of a result, in place before its line is written</td></tr>
 * <tr><td>{@code store.lock}</td><td>locked by the process that writes; the lock dies with it</td></tr>
 * </table>
 *
 * <p>Later lines of a key replace earlier ones. Start with {@link org.idem.store.Store}.
 */
package org.idem.store;
