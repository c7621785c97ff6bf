package queue

import (
	"fmt"

	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// Config is the queue's, with the names and bounds of its attributes (SetQueueAttributes,
// Amazon SQS API Reference, read 2026-11).
type Config struct {
	Visibility  des.Duration // VisibilityTimeout: above 0 here, to 12 h; AWS default 30 s
	MaxReceives int          // maxReceiveCount of the redrive policy, 1 to 1,000; 0: no dead-letter queue
	Retention   des.Duration // MessageRetentionPeriod: 60 s to 14 days; AWS default 4 days
}

// MostInFlight is how many messages of a standard queue may be received and not deleted;
// beyond, none is handed out ("Amazon SQS message quotas", Amazon SQS Developer Guide, read
// 2026-11: about 120,000).
const MostInFlight = 120_000

// check returns what is wrong with a configuration.
func (c *Config) check(plane *serving.Config) error {
	switch {
	case c.Visibility <= 0 || c.Retention <= 0 || c.MaxReceives < 0:
		return fmt.Errorf("queue: a visibility timeout of %v, a retention period of %v, %d receives", c.Visibility, c.Retention, c.MaxReceives)
	case len(plane.Dependencies) > 0:
		return fmt.Errorf("queue: workers that ask dependencies are not built")
	case plane.WindowFrom%des.Time(des.Minute) != 0:
		return fmt.Errorf("queue: the window must begin at a whole minute, not %v", plane.WindowFrom)
	}
	for i := range plane.Classes {
		if c := &plane.Classes[i]; c.CPU == nil || c.Timeout > 0 || c.Retry.Attempts > 1 {
			return fmt.Errorf("queue: class %q: messages have CPU work, and neither a timeout of a client nor its retries", c.Name)
		}
	}
	return nil
}
