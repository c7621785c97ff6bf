package queue

import (
	"container/heap"

	"asgsim/sim/des"
	"asgsim/sim/serving"
)

// store holds the messages, and the lines in which they stand.
type store struct {
	cfg      Config
	count    Counters
	seq      uint64
	messages []message
	free     []int32 // slots
	fresh    fifo    // visible and never received, in order
	again    ordered // visible again
	hidden   fifo    // received, by the end of the visibility timeout
	kept     fifo    // by the end of the retention period
	aging    fifo    // in order of send
}

// at is the message of a ticket; nil if it is gone.
func (s *store) at(t *ticket) *message {
	if m := &s.messages[t.slot]; m.seq == t.seq {
		return m
	}
	return nil
}

// held is the message of a ticket, unless it is gone or has been received since.
func (s *store) held(t *ticket) *message {
	if m := s.at(t); m != nil && m.receives == t.receives {
		return m
	}
	return nil
}

// send puts a message into the queue.
func (s *store) send(now des.Time, m message) {
	s.seq++
	m.seq, m.sent, m.visible = s.seq, now, true
	slot := int32(len(s.messages))
	if n := len(s.free); n > 0 {
		slot = s.free[n-1]
		s.free = s.free[:n-1]
		s.messages[slot] = m
	} else {
		s.messages = append(s.messages, m)
	}
	t := ticket{at: now.Add(s.cfg.Retention), order: m.seq, seq: m.seq, slot: slot}
	s.fresh.push(t)
	s.kept.push(t)
	s.aging.push(t)
	s.count.Sent++
	s.count.Visible++
}

// gone takes a message out of the queue.
func (s *store) gone(slot int32) {
	m := &s.messages[slot]
	if m.visible {
		s.count.Visible--
	} else {
		s.count.NotVisible--
	}
	*m = message{}
	s.free = append(s.free, slot)
}

// back is from which receive on a message goes to the back of the queue.
const back = 3

// receive hides a message from now on, and returns the ticket of the receive.
func (s *store) receive(now des.Time, m *message, slot int32) ticket {
	m.receives++
	m.visible, m.fate = false, serving.TimedOut
	s.count.Visible--
	s.count.NotVisible++
	s.count.Received++
	t := ticket{at: now.Add(s.cfg.Visibility), seq: m.seq, slot: slot, receives: m.receives}
	s.hidden.push(t)
	return t
}

// reappear ends the visibility timeout that is due, of the message that it returns; nil if the
// message is gone.
func (s *store) reappear() *message {
	t := s.hidden.pop()
	m := s.held(&t)
	if m == nil {
		return nil
	}
	m.visible = true
	s.count.Visible++
	s.count.NotVisible--
	switch m.fate {
	case serving.TimedOut:
		s.count.Outlasted++
	case serving.Error:
		s.count.Errors++
	default:
		s.count.CutOff++
	}
	if t.order = m.seq; m.receives >= back {
		s.seq++
		t.order = s.seq
	}
	heap.Push(&s.again, t)
	return m
}

// expire ends the retention period that is due, of the message that it returns, to be taken
// out; nil if it is gone.
func (s *store) expire() (*message, int32) {
	t := s.kept.pop()
	m := s.at(&t)
	if m != nil {
		s.count.Expired++
	}
	return m, t.slot
}

// next takes the message that is received next out of the order; nil: none is visible.
func (s *store) next() (*message, int32) {
	for s.fresh.len() > 0 && s.held(s.fresh.first()) == nil {
		s.fresh.pop()
	}
	for len(s.again) > 0 && s.held(&s.again[0]) == nil {
		heap.Pop(&s.again)
	}
	var t ticket
	switch {
	case s.fresh.len() > 0 && (len(s.again) == 0 || s.fresh.first().order < s.again[0].order):
		t = s.fresh.pop()
	case len(s.again) > 0:
		t = heap.Pop(&s.again).(ticket)
	default:
		return nil, 0
	}
	return &s.messages[t.slot], t.slot
}

// eldest is the oldest message that has not been received three times; nil: none.
func (s *store) eldest() *message {
	for s.aging.len() > 0 {
		if m := s.at(s.aging.first()); m != nil && m.receives < back {
			return m
		}
		s.aging.pop()
	}
	return nil
}

// dueKept is when the next retention period ends.
func (s *store) dueKept() des.Time { return s.due(&s.kept, s.at) }

// dueHidden is when the next visibility timeout ends.
func (s *store) dueHidden() des.Time { return s.due(&s.hidden, s.held) }

// due is when the first ticket that is not void is due; void ones before it are dropped.
func (s *store) due(line *fifo, of func(*ticket) *message) des.Time {
	for line.len() > 0 {
		if t := line.first(); of(t) != nil {
			return t.at
		}
		line.pop()
	}
	return des.Never
}
