package scenarios

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// spotEntry is one price of aws ec2 describe-spot-price-history.
type spotEntry struct {
	Timestamp               any
	InstanceType, SpotPrice string
	AvailabilityZone        *string
	ProductDescription      *string
}

// readJSON reads what aws ec2 describe-spot-price-history answers, whole or its list
// alone, and answers one after another.
func (s *spotReader) readJSON(r io.Reader) error {
	d := json.NewDecoder(r)
	d.UseNumber()
	n, found := 0, false
	for {
		t, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && found:
			return nil
		case err != nil:
			return errors.New("is not JSON as aws ec2 describe-spot-price-history answers it")
		}
		if t == "SpotPriceHistory" || t == json.Delim('[') {
			if t != json.Delim('[') {
				if t, err = d.Token(); err != nil || t != json.Delim('[') {
					return errors.New("has no list as its SpotPriceHistory")
				}
			}
			found = true
			for d.More() {
				if n++; n > maxPrices {
					return fmt.Errorf("has more than %d prices", maxPrices)
				}
				var e spotEntry
				if err := d.Decode(&e); err != nil {
					return fmt.Errorf("price %d: is not as aws ec2 describe-spot-price-history answers it", n)
				}
				if err := s.add(fmt.Sprint(e.Timestamp), e.InstanceType, e.SpotPrice, e.AvailabilityZone, e.ProductDescription); err != nil {
					return fmt.Errorf("price %d: %w", n, err)
				}
			}
		}
	}
}
