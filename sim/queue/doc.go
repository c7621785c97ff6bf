// Package queue is the data plane of a group without a balancer: an Amazon SQS standard
// queue, and workers on the instances that drain it. It implements [serving.Plane], so that
// fleet, group, faults and meters act on it as on requests.
//
// A message arrives as a request does elsewhere, from the same streams. Each worker of an
// instance that polls (it is routed to, and its application runs) asks for one message at a
// time, by long polling that takes no time: which of several waiting workers gets a message
// is drawn. It works on the CPU, waits, and deletes the message.
//
// Delivery is at least once ("Amazon SQS visibility timeout", Amazon SQS Developer Guide, read
// 2026-11): a message that is received is not visible for the visibility timeout, and then,
// unless deleted, visible again. A worker does not notice; its delete, by an old receipt
// handle, succeeds and deletes nothing once another has received the message (DeleteMessage,
// Amazon SQS API Reference, read 2026-11), and its work was wasted. A worker that is cut off
// or fails says nothing to the queue. A message that was received MaxReceives times moves to
// the dead-letter queue when it would be received once more, and one older than the retention
// period is deleted.
//
// The oldest visible message is received first; one that was received three times goes to the
// back of the queue, and no longer counts for the age of the oldest ("Available CloudWatch
// metrics for Amazon SQS", same guide, read 2026-11). AWS promises less: best-effort order.
//
// # Attempts
//
// The contract's attempts tile a message's life: the first lasts from its send to its delete
// or to the end of its visibility timeout, when the next begins. So a retry is a redelivery,
// attempts in flight are the messages in the queue, and routed are the receives.
//
// At one instant the order is completions by instance, ends of visibility timeouts, ends of
// retention periods, arrivals by load. Orders of the control plane hand out no message:
// Advance does, first of all.
//
// Open plane.go first, then store.go (the messages) and worker.go (who works at them).
package queue
