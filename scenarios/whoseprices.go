package scenarios

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"asgsim/report/clean"
	"asgsim/scenarios/form"
	"asgsim/scenarios/prices"
	"asgsim/sim/ec2"
)

// priceKeys documents [prices].
func priceKeys() []Key {
	return []Key{
		{Path: pricesRegion, Type: Text, Absent: "that of availability_zones, else us-east-1", Sample: `"eu-central-1"`, Doc: "Region whose prices hold: those that asgsim prices import has read for it, for us-east-1 else the shipped ones. Without this key us-east-1's are the shipped ones, so that results are the same everywhere."},
		{Path: pricesCatalog, Type: Text, Absent: "see region", Sample: `"prices.json"`, Doc: "File with the prices, in the scenario's folder, as asgsim prices import --output writes it; or \"shipped\": those of us-east-1 that asgsim carries."},
		{Path: "prices.operating_system", Type: Choice, Choices: prices.OperatingSystems[:], Default: `"linux"`, Doc: "Whose instance-hours: the shipped prices know Linux alone."},
		{Path: "prices.tenancy", Type: Choice, Choices: prices.Tenancies[:], Default: `"shared"`, Doc: "shared, which AWS calls default, or dedicated instances; the $2 an hour and region that AWS asks for having any are not billed here. The shipped prices know shared alone."},
	}
}

// priceList finds out whose prices hold.
func (d *decoder) priceList() {
	l := &d.list
	l.system, l.tenancy = prices.OperatingSystems[0], prices.Tenancies[0]
	if i, ok := d.Choice("prices.operating_system"); ok {
		l.system = prices.OperatingSystems[i]
	}
	if i, ok := d.Choice("prices.tenancy"); ok {
		l.tenancy = prices.Tenancies[i]
	}
	l.region = ec2.PricesRegion
	home := d.zonesRegion()
	if home != "" {
		l.region = home
	}
	asked, given := take(d, pricesRegion, func(n *form.Node, _ *Key) (string, *form.Mistake) {
		s, b := form.Str(n, "text")
		if b == nil && !prices.IsRegion(s) {
			return "", form.Wrong(`write for example "eu-central-1"`, "is not the name of a region: %q", s)
		}
		return s, b
	})
	if given {
		if l.region = asked; home != "" && home != asked {
			d.Problem(pricesRegion, d.At(pricesRegion), form.Wrong("leave one of the two out", "is %s, and the zones of the group are in %s", asked, home))
		}
	} else if !d.Failed(pricesRegion) {
		d.Amend(pricesRegion, quoteTOML(l.region), map[bool]string{true: "derived: availability_zones", false: "default"}[home != ""])
	}
	file, ok := d.Text(pricesCatalog)
	switch {
	case d.Failed(pricesRegion) || d.Failed(pricesCatalog):
	case ok && file != shippedPrices:
		d.useCatalogue(d.catalogueFile(file), true)
	case !ok && (given || l.region != ec2.PricesRegion):
		d.useCatalogue(d.importedCatalogue(l.region), false)
	}
	l.foreign = l.catalog == nil && (l.region != ec2.PricesRegion || l.system != prices.OperatingSystems[0] || l.tenancy != prices.Tenancies[0])
	if l.catalog == nil && !ok {
		d.Amend(pricesCatalog, quoteTOML(shippedPrices), "default: those of "+ec2.PricesRegion+", "+ec2.PricesDate)
	}
}

// zonesRegion is the region that the group's zones name; empty if none does.
func (d *decoder) zonesRegion() string {
	n := d.Find(zonesKey)
	if n == nil {
		return ""
	}
	for _, z := range n.List {
		if s, ok := z.Str(); ok {
			if r := regionOf(s); r != "" {
				return r
			}
		}
	}
	return ""
}

// useCatalogue takes prices that were read, if they are of the region.
func (d *decoder) useCatalogue(read catalogueRead, named bool) {
	switch c := read.catalog; {
	case read.wrong != nil && named:
		d.Problem(pricesCatalog, d.At(pricesCatalog), read.wrong)
	case read.wrong != nil:
		d.Problem(pricesRegion, d.At(pricesRegion), read.wrong)
	case c == nil:
	case c.Region != d.list.region && named && !d.IsGiven(pricesRegion) && d.zonesRegion() == "":
		d.list.region, d.list.catalog = c.Region, c
		d.Amend(pricesRegion, quoteTOML(c.Region), "derived: prices.catalogue")
	case c.Region != d.list.region:
		d.Problem(pricesCatalog, d.At(pricesCatalog), form.Wrong("name the prices of "+d.list.region, "holds the prices of %s, and the group is in %s", c.Region, d.list.region))
	default:
		if d.list.catalog = c; !named {
			d.Amend(pricesCatalog, quoteTOML("imported"), fmt.Sprintf("derived: the prices of %s, %s, that asgsim prices import has read", c.Region, c.Date))
		}
	}
}

// catalogueFile reads prices that the scenario names.
func (d *decoder) catalogueFile(file string) catalogueRead {
	return d.catalogueOnce("file\x00"+file, func() catalogueRead {
		r, err := d.openFile(file)
		if err != nil {
			return catalogueRead{wrong: form.Wrong(whichFiles, "%v", err)}
		}
		return parsedCatalogue(r, clean.Short(file, clean.Quote))
	})
}

// importedCatalogue reads the prices of a region that the user has imported.
func (d *decoder) importedCatalogue(region string) catalogueRead {
	return d.catalogueOnce("region\x00"+region, func() catalogueRead {
		if d.catalogues == nil {
			return catalogueRead{}
		}
		r, name, err := d.catalogues(region)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return catalogueRead{}
		case err != nil:
			return catalogueRead{wrong: form.Wrong("", "the imported prices of %s: %v", region, err)}
		}
		return parsedCatalogue(r, name)
	})
}

func (d *decoder) catalogueOnce(id string, read func() catalogueRead) catalogueRead {
	c, ok := d.spent.catalogues[id]
	if !ok {
		c = read()
		d.spent.catalogues[id] = c
	}
	return c
}

func parsedCatalogue(r io.ReadCloser, name string) catalogueRead {
	defer r.Close() //nolint:errcheck // it was only read
	c, err := prices.Parse(r)
	if err != nil {
		return catalogueRead{wrong: form.Wrong("", "%s: %v", name, err)}
	}
	return catalogueRead{catalog: c}
}
